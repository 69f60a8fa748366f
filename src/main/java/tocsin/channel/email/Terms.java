package tocsin.channel.email;

import java.util.Optional;
import tocsin.config.Settings.SmtpTls;

/**
 * On what terms we talk to a mail server.
 *
 * @param name ours, in EHLO
 * @param credentials none: nobody asks who we are
 * @param clearLogin whether they may be shown without TLS, which is for this machine only
 */
record Terms(String name, SmtpTls tls, Optional<Credentials> credentials, boolean clearLogin) {}
