package tocsin.channel.email;

/** Mail through Postfix. */
class PostfixTest extends RealServerSuite {
  PostfixTest() {
    super(new Postfix());
  }
}
