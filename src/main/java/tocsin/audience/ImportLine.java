package tocsin.audience;

/** A line of an import as it was read, counted from 1. Never blank. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
sealed interface ImportLine {
  long number();

  /** Without its end. */
  record Whole(long number, byte[] bytes) implements ImportLine {}

  /** Longer than {@link LineSplitter#LONGEST}; its bytes are gone. */
  record Overlong(long number) implements ImportLine {}
}
