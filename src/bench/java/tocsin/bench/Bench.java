package tocsin.bench;

/** One benchmark. */
@FunctionalInterface
interface Bench {
  /** What it measured; an exception where something went wrong, and then nothing was measured. */
  Line run(Workbench workbench) throws Exception;
}
