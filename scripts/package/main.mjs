// `npm run pack -- [FOLDER]`: writes the file that is published, and prints its path.
import { pack } from "./pack.mjs";

const { file, packed } = pack({ destination: process.argv[2] ?? "." });
console.error(`${packed.entryCount} files, ${packed.size} bytes packed, ${packed.unpackedSize} unpacked.`);
console.log(file);
