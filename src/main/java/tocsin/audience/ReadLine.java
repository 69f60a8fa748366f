package tocsin.audience;

/** A good line of an import. */
record ReadLine(long number, Registration registration) {}
