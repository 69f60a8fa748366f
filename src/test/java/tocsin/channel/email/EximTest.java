package tocsin.channel.email;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.channel.email.Ports.Manner;

/** Mail through Exim, which asks for LOGIN where it does not pipeline, else for PLAIN too. */
class EximTest extends ExtendedServerSuite {
  EximTest() {
    super(new Exim());
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"FULL", "PLAIN"})
  void logsIn(Manner manner) throws Exception {
    assertLogsIn(manner, "ESMTPSA");
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"FULL", "PLAIN"})
  void aWrongPasswordIsTheOperators(Manner manner) {
    assertWrongPasswordIsTheOperators(manner);
  }
}
