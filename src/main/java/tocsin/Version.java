package tocsin;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"tocsin " + number()};
  }

  static String number() {
    String built = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(built, "development");
  }
}
