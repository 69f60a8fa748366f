package tocsin.config;

import java.util.Map;

/**
 * A value that somebody wrote, not yet understood.
 *
 * @param origin where, for who must correct it
 */
record Written(String value, String origin) {
  Written {
    value = value.strip();
  }

  /** Over what is there; an empty value counts as not written. */
  void putInto(Map<Key, Written> written, Key key) {
    if (!value.isEmpty()) {
      written.put(key, this);
    }
  }
}
