import { defineConfig } from "vite";

// Addresses are relative, so that the page works below any path; nothing is put inline, so that its policy can forbid all that is.
export default defineConfig({
  base: "./",
  publicDir: "public",
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false, chunkSizeWarningLimit: 900 },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
