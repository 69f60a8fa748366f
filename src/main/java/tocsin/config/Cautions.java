package tocsin.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Settings that work and are hardly meant, each with what to do about it. */
public final class Cautions {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private Cautions() {}

  public static List<String> of(Settings settings) {
    List<String> cautions = new ArrayList<>();
    boolean mails = settings.smtp().host() != null;
    boolean texts = settings.twilio().accountSid() != null;
    URI url = settings.publicUrl();
    if ((mails || texts) && THIS_MACHINE.contains(url.getHost())) {
      cautions.add(
          "public.url is "
              + url
              + ": links in messages lead readers to their own machines; set it to the https"
              + " address of this gateway");
    } else if (mails && !"https".equals(url.getScheme())) {
      cautions.add(
          "public.url is not https: mail programs are offered no one-click unsubscribe"
              + " (RFC 8058, 3.1), which large providers ask for");
    }
    Settings.Dkim dkim = settings.mail().dkim();
    Settings.MailFrom from = settings.mail().from();
    if (dkim != null && !dkim.speaksFor(from)) {
      cautions.add(
          "mail.dkim.domain "
              + dkim.domain()
              + " is not of the organization of mail.from, "
              + from.domain()
              + ": receivers with DMARC do not count the signatures; sign with the sender's domain");
    }
    if (texts && settings.sms().countries().isEmpty()) {
      cautions.add(
          "sms.countries is empty: strangers can make you text numbers of any country; list those"
              + " of your customers");
    }
    return cautions;
  }
}
