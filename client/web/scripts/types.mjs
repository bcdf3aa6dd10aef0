// Types of everything that goes between page and server, made from the server's own schema: `npm run types -- SCHEMA.json`.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const schema = JSON.parse(await readFile(process.argv[2], "utf8"));
// Lengths belong to the server's checks; as tuple types they would only bloat the page's.
const plain = (part) => {
  if (Array.isArray(part)) return part.map(plain);
  if (part === null || typeof part !== "object") return part;
  const { minItems, maxItems, prefixItems, title, ...rest } = part;
  if (prefixItems && !rest.items) rest.items = {};
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, name === "properties" || name === "$defs" ? fields(value) : plain(value)]),
  );
};
const fields = (all) => Object.fromEntries(Object.entries(all).map(([name, value]) => [name, plain(value)]));
const text = await compile({ ...plain(schema), title: "Vocabulary" }, "Vocabulary", {
  bannerComment: "// Made from the server's schema by scripts/types.mjs; not for editing.",
  additionalProperties: false,
  format: false,
  strictIndexSignatures: true,
});
await mkdir("src/generated", { recursive: true });
await writeFile("src/generated/wire.ts", text);
