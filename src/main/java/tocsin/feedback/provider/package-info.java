/**
 * What SES, SendGrid and Mailgun report of mails: a body is believed by its signature, and becomes
 * {@link tocsin.feedback.provider.ProviderEvent}s. Events are hints: they count only for mails that
 * this gateway has sent.
 */
@NullMarked
package tocsin.feedback.provider;

import org.jspecify.annotations.NullMarked;
