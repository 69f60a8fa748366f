package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
  private static final URI OWN = URI.create("https://status.acme.example");
  private static final TargetPolicy STRICT = new TargetPolicy(List.of(), OWN);
  private static final TargetPolicy OPEN =
      new TargetPolicy(List.of("localhost", "hooks.corp", "10.1.0.0/16", "127.0.0.1", "::1"), OWN);

  /** The list of known bypasses; those that need an answer of DNS are tried with the sender. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://1.0x7f/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://169.16689662/",
        "https://169.254.43518/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a9fe:a9fe::]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1%25eth0]/",
        "https://[fc00::1]/",
        "https://[fec0::1]/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.0.1/",
        "https://100.64.0.1/",
        "https://198.18.0.1/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://a.localhost/",
        "https://user:pw@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com:443@127.0.0.1/",
        "https://127.0.0.1\\@example.com/",
        "https://example.com\\@127.0.0.1/",
        "https://example.com#@127.0.0.1/",
        "https://example.com/#fragment",
        "https://①②⑦.⓪.⓪.①/",
        "https://１２７.0.0.1/",
        "https://127。0。0。1/",
        "https://example。com/",
        "https://ｅxample.com/",
        "https://127.0.0.1./",
        "https://%31%32%37.0.0.1/",
        "https://127.0.0.1%00.example.com/",
        "https:127.0.0.1",
        "https:///127.0.0.1",
        "https://",
        "https:///",
        "https://:443/",
        "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
        "https://example.com:22/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:6379/",
        "https://example.com:80/",
        "https://example.com:/",
        "https://example.com:-1/",
        "https://example.com:443:443/",
        "http://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "ftp://example.com/",
        "jar:https://example.com/a.jar!/",
        "data:text/plain,a",
        "javascript:alert(1)",
        "https://metadata.google.internal/",
        "https://kubernetes.default.svc/",
        "https://a.default.svc.cluster.local/",
        "https://printer.local/",
        "https://168.63.129.16/",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
        "https://exam%0d%0aple.com/",
        "https://example.com/\r\nX-Evil: 1",
        "https://example.com/\ta",
        "https://exam\nple.com/",
        " https://example.com/",
        "https://example.com/ ",
        "https://status.acme.example/",
        "https://STATUS.acme.example./hook",
        "https://status.acme.example:8443/",
        "https://intranet/",
        "https://under_score.example.com/",
        "https://-a.example.com/",
        "https://a-.example.com/",
        "https://a..example.com/",
        "https://.example.com/",
        "https://example.com../",
        "https://faß.de/",
        "https://example.com/ünescaped",
        "https://example.com/%zz",
        "https://example.com/a|b",
        "//example.com/",
        "example.com",
        ""
      })
  void everyKnownBypassIsRefused(String url) {
    assertThat(STRICT.check(url)).isInstanceOf(Admission.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/a?b=c, hooks.example.com, 443, /a?b=c",
    "https://bücher.example/, xn--bcher-kva.example, 443, /",
    "https://BÜCHER.example/, xn--bcher-kva.example, 443, /",
    "https://example.com:8443/, example.com, 8443, /",
    "https://example.com, example.com, 443, /",
    "https://example.com?a=b, example.com, 443, /?a=b",
    "HTTPS://Example.COM./Path, example.com, 443, /Path",
    "https://example.com:443/a@b:c, example.com, 443, /a@b:c",
    "https://1a.2b.example.org/%0d%0a, 1a.2b.example.org, 443, /%0d%0a"
  })
  void publicNamesAreTaken(String url, String host, int port, String path) {
    assertThat(STRICT.check(url))
        .isEqualTo(new Admission.Allowed(new Target(Target.Scheme.HTTPS, host, port, path)));
  }

  @Test
  void aReasonRepeatsNothingOfTheUrl() {
    assertThat(STRICT.check("https://secret-host.internal/secret-path"))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.reason()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:9000/hook",
        "http://LocalHost.:9000/hook",
        "https://hooks.corp:22/",
        "http://10.1.255.255/",
        "http://127.0.0.1:1/",
        "http://[::1]:8080/",
        "http://[0:0:0:0:0:0:0:1]:8080/"
      })
  void whatIsListedMayBePrivatePlainAndAtAnyPort(String url) {
    assertThat(OPEN.check(url)).isInstanceOf(Admission.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.localhost/",
        "http://127.0.0.2/",
        "http://10.2.0.1/",
        "http://[::2]/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://example.com/",
        "https://example.com:9000/",
        "http://user@localhost/",
        "http://localhost:0/",
        "http://localhost:65536/",
        "http://localhost/#a",
        "http://localhost\\@example.com/",
        "file://localhost/etc/passwd",
        "http://corp/",
        "http://status.acme.example/"
      })
  void theListExemptsNothingElse(String url) {
    assertThat(OPEN.check(url)).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void aListedOwnHostIsRefusedOnlyAtOurPort() {
    var development = new TargetPolicy(List.of("localhost"), URI.create("http://localhost:8080"));

    assertThat(development.check("http://localhost:8080/")).isInstanceOf(Admission.Refused.class);
    assertThat(development.check("http://localhost:9000/")).isInstanceOf(Admission.Allowed.class);
  }

  @Test
  void aNameMayLeadToAListedAddressOnly() {
    Target unlisted = target(OPEN, "https://hooks.example.com/");

    assertThat(OPEN.permits(unlisted, InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    assertThat(OPEN.permits(unlisted, InetAddress.ofLiteral("10.2.2.3"))).isFalse();
    assertThat(OPEN.permits(unlisted, InetAddress.ofLiteral("2606:4700::1111"))).isTrue();
  }

  @Test
  void aListedNameMayLeadAnywhere() {
    Target listed = target(OPEN, "http://hooks.corp/");

    assertThat(OPEN.permits(listed, InetAddress.ofLiteral("192.168.7.7"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.1", "10.0.0.0/33", "10.0.0.0/x", "::/129", "a b", "*.corp"})
  void anUnreadableEntryIsNamed(String entry) {
    assertThatThrownBy(() -> new TargetPolicy(List.of(entry), OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("webhook.allow");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noTextBreaksTheCheck(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder url = new StringBuilder("https://");
      random.ints(random.nextInt(12), 0, 0x3100).forEach(url::appendCodePoint);
      url.append(random.nextBoolean() ? ".com/" : "");

      assertThatCode(() -> STRICT.check(url.toString()))
          .as("seed %d, url %s", seed, url)
          .doesNotThrowAnyException();
    }
  }

  private static Target target(TargetPolicy policy, String url) {
    return ((Admission.Allowed) policy.check(url)).target();
  }
}
