package tocsin.feedback.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.email.BounceClass;
import tocsin.feedback.mail.MailFeedback.Bounced;
import tocsin.feedback.mail.MailFeedback.Complained;
import tocsin.feedback.mail.MailFeedback.Nothing;
import tocsin.feedback.mail.MailFeedback.Why;

/** What comes back is understood, whoever wrote it and however. */
class MailReportTest {
  private static final String DAEMON = "Mail Delivery Subsystem <mailer-daemon@example.net>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          failed  | 5.1.1             | smtp; 550 5.1.1 <jo@example.com> no   | HARD
          Failed  | 5.0.0             | smtp; 550 <jo@example.com>: User unknown | HARD
          failed  | 5.0.0             | smtp; 550 5.7.1 refused               | POLICY
          failed  | 5.2.2 (over quota)| smtp; 552 full                        | SOFT
          failed  | 4.4.7             | smtp; 550 4.4.7 QUEUE.Expired         | SOFT
          failed  | 4.4.1             |                                       | SOFT
          failed  | 5.1.1             | x-unix; procmail: No such user        | HARD
          failed  | 5.1.1             | smtp; 550 5.7.1 message looks bad     | POLICY
          failed  | 5.4.6             | smtp; 554 loop                        | ROUTING
          failed  | 5.6.7             | smtp; 553 5.6.7 needs SMTPUTF8        | CAPABILITY
          failed  | 5.3.4             | smtp; 552 5.3.4 too big               | CONTENT
          failed  | 5.0.0             |                                       | UNKNOWN
          failed (no way) | 5.1.1     |                                       | HARD
          unheard-of | 5.1.1          |                                       | HARD
          """)
  void aFailureInAReportHasAClass(String action, String status, String diagnostic, BounceClass it) {
    assertThat(bounce(Mails.dsn(action, status, diagnostic == null ? "" : diagnostic)))
        .isEqualTo(it);
  }

  @ParameterizedTest
  @CsvSource({"delayed,4.4.7,DELAYED", "delivered,2.0.0,DELIVERED", "relayed,2.1.5,DELIVERED"})
  void whatHasNotFailedIsNothing(String action, String status, Why why) {
    assertThat(read(Mails.dsn(action, status, "smtp; 450 4.2.2 full"))).isEqualTo(new Nothing(why));
  }

  @Test
  void ofSeveralRecipientsTheWorstFailureCounts() {
    String status =
        """
        Reporting-MTA: dns; relay.example.net

        Final-Recipient: rfc822; a@example.com
        Action: delayed
        Status: 4.4.7

        Final-Recipient: rfc822; b@example.com
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1
         gone

        Final-Recipient: rfc822; c@example.com
        Action: failed
        Status: 5.2.2
        """;

    assertThat(bounce(Mails.report("message/delivery-status", status))).isEqualTo(BounceClass.HARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message/delivery-status",
        "Message/Global-Delivery-Status",
        "text/plain",
        "message/delivery-status\nContent-Transfer-Encoding: 8bit"
      })
  void aReportIsReadWhateverItsPartIsCalled(String type) {
    String status =
        "Reporting-MTA: dns;a\n\nFINAL-RECIPIENT: RFC822;jo@example.com\nACTION: failed\n"
            + "STATUS:5.2.2\ndiagnostic-code: SMTP;\n 552 over\n\tquota";

    assertThat(bounce(Mails.report(type, status))).isEqualTo(BounceClass.SOFT);
  }

  @Test
  void aQuotedPrintableReportIsRead() {
    String status =
        Mails.quoted(
            "Reporting-MTA: dns;a\n\nFinal-Recipient: rfc822;jo@x\nAction: failed\nStatus: 5.1.1");

    assertThat(
            bounce(
                Mails.report(
                    "message/delivery-status\nContent-Transfer-Encoding: quoted-printable",
                    status)))
        .isEqualTo(BounceClass.HARD);
  }

  @Test
  void wordsForPeopleHelpWhereTheReportSaysNothing() {
    String status =
        "Reporting-MTA: dns;a\n\nFinal-Recipient: rfc822;j@x\nAction: failed\nStatus: 5.0.0";

    assertThat(
            bounce(
                Mails.report(
                    "message/delivery-status", status, "<jo@example.com>: mailbox is full")))
        .isEqualTo(BounceClass.SOFT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          failure notice | Hi. This is the qmail-send program at mx.example.net.\\n<jo@example.com>:\\nSorry, no mailbox here by that name. (#5.1.1) | HARD
          failure notice | Hi. This is the qmail-send program at mx.example.net.\\n<jo@example.com>:\\n192.0.2.1 failed after I sent the message.\\nRemote host said: 550-5.7.26 Unauthenticated\\n550 5.7.26 mail | POLICY
          Delivery Status Notification (Failure) | Delivery to the following recipient failed permanently:\\n\\n  jo@example.com\\n\\nThe error that the other server returned was:\\n550 5.1.1 No such user | HARD
          Mail delivery failed: returning message to sender | This message was created automatically by mail delivery software.\\n\\n  jo@example.com\\n    SMTP error from remote mail server after RCPT TO:<jo@example.com>:\\n    host mx.example.com [192.0.2.1]: 550 No such user here | HARD
          Mail delivery failed | This message was created automatically by mail delivery software.\\n\\n  jo@example.com\\n    retry timeout exceeded | SOFT
          Returned mail: see transcript for details | ----- The following addresses had permanent fatal errors -----\\n<jo@example.com>\\n\\n   ----- Transcript of session follows -----\\n... while talking to mx.example.com.:\\n>>> RCPT To:<jo@example.com>\\n<<< 552 mailbox full | SOFT
          Undeliverable: Outage | Your message did not reach some or all of the intended recipients.\\n\\n jo@example.com\\n The e-mail system was unable to deliver the message, but did not report a specific reason. | UNKNOWN
          DELIVERY FAILURE: User jo (jo@example.com) not listed in the directory | Your message could not be delivered because:\\n\\nUser jo (jo@example.com) not listed in Domino Directory | HARD
          Failure Notice | Sorry, we were unable to deliver your message to the following address.\\n\\n<jo@example.com>:\\n554: delivery error: dd This user doesn't have an example.com account | HARD
          Delivery failure | Your message was not delivered to jo@example.com: message size exceeds the limit | CONTENT
          Delivery status notification: error | Hi! This is the MAILER-DAEMON, please DO NOT REPLY to this email.\\n\\nAn error has occurred while attempting to deliver a message for\\nthe following list of recipients:\\n\\njo@example.com: 550 5.2.2 full\\n\\nBelow is a copy of the original message:\\n\\n550 5.1.1 user unknown | SOFT
          Undeliverable: Outage | Your message\\n\\n did not reach the following recipient(s):\\n\\njo@example.com\\n  The recipient name is not recognized | HARD
          failure notice | Hi. This is the qmail-send program.\\n<jo@example.com>:\\nConnected to 192.0.2.1 but sender was rejected. | POLICY
          failure notice | Hi. This is the qmail-send program.\\n<jo@example.com>:\\nI'm not going to try again; this message has been in the queue too long. (#4.4.1) | SOFT
          DELIVERY FAILURE | ------- Failure Reasons --------\\n\\nUser not listed in public Name & Address Book\\n\\n------- Returned Message --------\\nmailbox full | HARD
          Undeliverable Mail | User mailbox exceeds allowed size: jo@example.com | SOFT
          Returned mail: User unknown | The following message could not be delivered to jo@example.com:\\n\\n550 No such user - jo | HARD
          Undelivered Mail | Delivery to jo@example.com failed after 5 days: 4.4.1 connection timed out | SOFT
          Mail Delivery Failure | <jo@example.com>: Over quota | SOFT
          Rejected: Outage | Message rejected: 554 5.7.1 listed in the block list | POLICY
          Delivery Status | #5.1.0 Address rejected jo@example.com | UNKNOWN
          Message could not be delivered | jo@example.com: 550 Requested action not taken: mailbox unavailable | HARD
          Undeliverable mail | The mailbox jo@example.com has been disabled | DISABLED
          Mail could not be delivered | mail for example.com loops back to myself | ROUTING
          Returned mail: Host unknown | 550 Host unknown (Name server: example.com: host not found) | HARD
          Unzustellbar: Outage | Empfänger jo@example.com unbekannt | HARD
          """)
  void aFailureInWordsHasAClass(String subject, String words, BounceClass it) {
    String mail = Mails.plain(DAEMON, subject, words.replace("\\n", "\n"));

    assertThat(bounce(mail)).isEqualTo(it);
    assertThat(MailReport.of("somebody@example.net", Mails.octets(mail)))
        .isInstanceOf(Bounced.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "----- Original message -----",
        "   ----- Message header follows -----",
        "Return-Path: <b@bounces.example.com>"
      })
  void ourOwnWordsAreNotTheReason(String line) {
    String words = "could not be delivered: mailbox full\n\n" + line + "\n\n550 5.1.1 user unknown";

    assertThat(bounce(Mails.plain(DAEMON, "failure notice", words))).isEqualTo(BounceClass.SOFT);
  }

  @Test
  void recipientsInTheHeaderAreASign() {
    String mail = Mails.plain("robot@example.net", "Your mail", "550 5.1.1 no such user");

    assertThat(bounce(Mails.with("X-Failed-Recipients: jo@example.com", mail)))
        .isEqualTo(BounceClass.HARD);
  }

  @Test
  void aFailureInHtmlIsRead() {
    String mail =
        Mails.with(
            "MIME-Version: 1.0\nContent-Type: text/html",
            Mails.plain(
                DAEMON,
                "Undeliverable",
                "<head><style>p{}</style></head><p>550&nbsp;5.1.1 <b>user</b> unknown</p>"));

    assertThat(bounce(mail)).isEqualTo(BounceClass.HARD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Delivery status notification: delayed            | Hi! A message is delayed for more than 1 hour: 450 4.4.1 timeout
          Warning: could not send message for past 4 hours | Your message is still queued.
          Delivery Status Notification (Delay)             | Delivery has been delayed.
          Mail delivery failed                             | This is a warning message only. 451 4.7.1 greylisted
          Message delayed 24 hours                         | The message has not yet been delivered: 450 4.2.2 full
          """)
  void aDelayInWordsIsNothing(String subject, String words) {
    assertThat(read(Mails.plain(DAEMON, subject, words))).isEqualTo(new Nothing(Why.DELAYED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: away",
        "Precedence: auto_reply",
        "Precedence: junk",
        "Subject: Out of Office: Outage",
        "Subject: Automatische Antwort: Outage"
      })
  void anAbsenceIsNothing(String field) {
    String mail = "From: jo@example.com\n" + field + "\n\nI am away until 550 5.1.1 May.\n";

    assertThat(MailReport.of("jo@example.com", Mails.octets(mail)))
        .isEqualTo(new Nothing(Why.AUTOMATIC));
  }

  @Test
  void aReceiptIsNothing() {
    String mail =
        Mails.report("message/disposition-notification", "Disposition: automatic-action; displayed")
            .replace("delivery-status", "disposition-notification");

    assertThat(read(mail)).isEqualTo(new Nothing(Why.AUTOMATIC));
  }

  @Test
  void whatPeopleWriteIsNothing() {
    String mail = Mails.plain("jo@example.com", "Re: Outage", "When will it be over? Spam, spam!");

    assertThat(MailReport.of("jo@example.com", Mails.octets(mail)))
        .isEqualTo(new Nothing(Why.ORDINARY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abuse", "Fraud", "virus", "other", "opt-out", "never-heard-of"})
  void aComplaintShowsWhichMailItIsAbout(String type) {
    String original =
        """
        Return-Path: <b.d1_2@bounces.example.com>
        From: status@example.com
        List-Unsubscribe: <https://n.example.com/u/abc>,
         <mailto:leave+abc@example.com>

        Outage.
        """;

    assertThat(read(Mails.complaint(type, original)))
        .isInstanceOfSatisfying(
            Complained.class,
            complaint -> {
              assertThat(complaint.type()).isEqualToIgnoringCase(type);
              assertThat(complaint.source().returnPaths())
                  .isEqualTo(List.of("b.d1_2@bounces.example.com"));
              assertThat(complaint.source().unsubscribe())
                  .contains("/u/abc>")
                  .contains("leave+abc@");
              assertThat(complaint.source().proof())
                  .contains("Feedback-Type: " + type)
                  .contains("From: status@example.com")
                  .doesNotContain("Outage.");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-spam", "auth-failure", "Not-Spam"})
  void whatHoldsNothingAgainstUsIsNoComplaint(String type) {
    assertThat(read(Mails.complaint(type, "From: status@example.com\n")))
        .isEqualTo(new Nothing(Why.NO_COMPLAINT));
  }

  @Test
  void whoAsksIsToldFromWhatAnswers() {
    String asks = Mails.plain("jo@example.com", "unsubscribe", "");

    assertThat(MailReport.isAnswer("jo@example.com", Mails.octets(asks))).isFalse();
    assertThat(
            MailReport.isAnswer(
                "jo@example.com", Mails.octets("Auto-Submitted: auto-generated\n" + asks)))
        .isFalse();
    assertThat(MailReport.isAnswer("", Mails.octets(asks))).isTrue();
    assertThat(
            MailReport.isAnswer(
                "jo@example.com", Mails.octets("Auto-Submitted: auto-replied\n" + asks)))
        .isTrue();
    assertThat(
            MailReport.isAnswer("jo@example.com", Mails.octets(Mails.dsn("failed", "5.1.1", ""))))
        .isTrue();
  }

  private static BounceClass bounce(String mail) {
    MailFeedback crlf = read(mail);
    MailFeedback lf = MailReport.of("", mail.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(lf).isEqualTo(crlf);
    assertThat(crlf).isInstanceOf(Bounced.class);
    return ((Bounced) crlf).bounceClass();
  }

  private static MailFeedback read(String mail) {
    return MailReport.of("", Mails.octets(mail));
  }
}
