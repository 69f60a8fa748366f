package tocsin.channel.email;

import org.junit.jupiter.api.Test;
import tocsin.channel.email.Ports.Manner;

/** Mail through OpenSMTPD. */
class OpenSmtpdTest extends RealServerSuite {
  OpenSmtpdTest() {
    super(new OpenSmtpd());
  }

  /** It takes a hundred over one connection. */
  @Test
  void manyArriveOverFourConnections() throws Exception {
    assertAllArrive(Manner.FULL, 800);
  }
}
