/**
 * What mail servers, mailbox providers and people send back, read: octets become a {@link
 * tocsin.feedback.mail.MailReport}. Nothing here acts, waits or keeps anything.
 *
 * <p>Whatever comes in is bounded before it is looked at: octets, parts, depth, header fields, and
 * the text that is searched for words.
 */
@NullMarked
package tocsin.feedback.mail;

import org.jspecify.annotations.NullMarked;
