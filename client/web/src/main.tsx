// The page begins here.
import { render } from "preact";
import { Notices } from "./parts/basics";
import { Home } from "./pages/home";
import { Join } from "./pages/join";
import { later } from "./parts/later";
import { onceOnly } from "./parts/once";
import { place } from "./router";
import "./style/design.css";
import "./style/rooms.css";
import "./style/board.css";

const Play = later(() => import("./pages/play").then(({ Play: page }) => page));
const Screen = later(() => import("./pages/screen").then(({ Screen: page }) => page));
const Run = later(() => import("./pages/run").then(({ Run: page }) => page));
const RolesPage = later(() => import("./pages/roles").then(({ RolesPage: page }) => page));
const ManualPage = later(() => import("./pages/manual").then(({ ManualPage: page }) => page));

function Page() {
  const here = place.value;
  switch (here.page) {
    case "home":
      return <Home />;
    case "rules":
      return <ManualPage />;
    case "join":
      return <Join key={here.code} code={here.code} />;
    case "play":
      return <Play key={here.code} code={here.code} />;
    case "run":
      return <Run key={here.code} code={here.code} />;
    case "roles":
      return <RolesPage key={here.code} code={here.code} />;
    case "screen":
      return <Screen key={here.code} code={here.code} />;
  }
}

onceOnly();
const root = document.getElementById("page");
if (root) {
  render(
    <>
      <Page />
      <Notices />
    </>,
    root,
  );
}
