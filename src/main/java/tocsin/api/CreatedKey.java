package tocsin.api;

/**
 * A new key.
 *
 * @param key what the caller has to keep: it is shown this once
 */
public record CreatedKey(ApiKey record, String key) {

  /** Without the key itself. */
  @Override
  public String toString() {
    return "CreatedKey[" + record.id() + "]";
  }
}
