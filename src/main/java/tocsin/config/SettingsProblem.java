package tocsin.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param key what it is about, as it was written
 * @param origin where it was written
 * @param detail what is wrong and what would be right; never a secret's value
 */
public record SettingsProblem(String key, String origin, String detail) {
  @Override
  public String toString() {
    return key + " (" + origin + "): " + detail;
  }
}
