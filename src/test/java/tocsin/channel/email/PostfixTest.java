package tocsin.channel.email;

/** Mail through Postfix. */
class PostfixTest extends ExtendedServerSuite {
  PostfixTest() {
    super(new Postfix());
  }
}
