package tocsin.audience;

/** What became of the good lines of one page. */
record UpsertCounts(long imported, long updated, long left) {}
