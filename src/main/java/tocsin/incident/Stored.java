package tocsin.incident;

/** What a put came to. */
public enum Stored {
  CREATED,
  REPLACED
}
