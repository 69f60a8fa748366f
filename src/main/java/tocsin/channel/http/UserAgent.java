package tocsin.channel.http;

import java.util.Objects;

/**
 * How we introduce ourselves, {@code Tocsin/0.1.0}; without a version when not run from the jar.
 */
public final class UserAgent {
  public static final String VALUE =
      "Tocsin/"
          + Objects.requireNonNullElse(
              UserAgent.class.getPackage().getImplementationVersion(), "dev");

  private UserAgent() {}
}
