// Packs what was built, once, so that the server need not: beside each text file one for brotli and one for gzip.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const SMALL = 1024;
for (const name of await readdir("dist", { recursive: true })) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
  const body = await readFile(`dist/${name}`);
  if (body.length < SMALL) continue;
  await writeFile(`dist/${name}.gz`, gzipSync(body, { level: 9 }));
  await writeFile(`dist/${name}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
