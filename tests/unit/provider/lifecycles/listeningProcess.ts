import { ListeningEngine } from "../../../process/listeningEngine";

/**
 * Makes this process the provider process of an engine that listens, for the tests of one file. The engine's address is the
 * first argument of such a process, read when a file is loaded: `load` requires what reads it.
 */
export function inProcessOf<Loaded>(load: () => Loaded): { engine: ListeningEngine; loaded: () => Loaded } {
  const given = process.argv[2];
  const engine = new ListeningEngine();
  let loaded: Loaded;
  beforeAll(async () => {
    process.argv[2] = await engine.listen();
    loaded = load();
  });
  afterAll(() => {
    if (given === undefined) process.argv.splice(2, 1);
    else process.argv[2] = given;
    engine.close();
  });
  return { engine, loaded: () => loaded };
}
