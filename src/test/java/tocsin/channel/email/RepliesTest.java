package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Reason;

class RepliesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING | 421 4.3.2 shutting down                            | CONNECTION
          GREETING | 554 no service here                                | CONNECTION
          GREETING | 521 takes no mail                                  | OPERATOR
          HELLO    | 454 4.7.0 TLS not available                        | CONNECTION
          LOGIN    | 535 5.7.8 authentication failed                    | OPERATOR
          LOGIN    | 538 5.7.11 encryption required                     | OPERATOR
          LOGIN    | 550 5.7.1 account closed                           | OPERATOR
          LOGIN    | 454 4.7.0 temporary failure                        | CONNECTION
          MAIL     | 530 5.7.0 authentication required                  | OPERATOR
          MAIL     | 530 5.7.0 must issue STARTTLS first                | OPERATOR
          MAIL     | 550 5.1.8 bad sender                               | OPERATOR
          MAIL     | 553 sender not owned by user                       | OPERATOR
          MAIL     | 421 4.7.0 too many connections                     | THROTTLED
          MAIL     | 452 4.3.1 insufficient system storage              | UNAVAILABLE
          RCPT     | 421 4.2.1 try again later                          | RECIPIENT_UNAVAILABLE
          RCPT     | 450 mailbox busy                                   | RECIPIENT_UNAVAILABLE
          RCPT     | 450 4.7.1 greylisted                               | RECIPIENT_UNAVAILABLE
          RCPT     | 451 4.3.0 local error                              | UNAVAILABLE
          RCPT     | 451 try again                                      | RECIPIENT_UNAVAILABLE
          RCPT     | 452 4.3.1 no room                                  | UNAVAILABLE
          RCPT     | 421 4.3.2 closing                                  | UNAVAILABLE
          RCPT     | 452 4.2.2 mailbox full                             | RECIPIENT_UNAVAILABLE
          RCPT     | 452 4.5.3 too many recipients                      | THROTTLED
          RCPT     | 455 parameters not accommodated                    | RECIPIENT_UNAVAILABLE
          RCPT     | 552 too many recipients                            | UNAVAILABLE
          CONTENT  | 421 4.7.28 rate of mail from your domain           | THROTTLED
          CONTENT  | 421 5.7.32 from is not aligned                     | POLICY
          CONTENT  | 451 4.7.1 come back later                          | RECIPIENT_UNAVAILABLE
          CONTENT  | 452 no room                                        | UNAVAILABLE
          CONTENT  | 451 4.3.0 queue file write error                   | UNAVAILABLE
          """)
  void triesAgain(Phase phase, String reply, Reason reason) {
    assertThat(refusal(phase, reply))
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RCPT | 550 5.1.1 user unknown                                   | ADDRESS
          RCPT | 550 5.1.2 host unknown                                   | ADDRESS
          RCPT | 501 5.1.3 bad address syntax                             | ADDRESS
          RCPT | 551 5.1.6 has moved                                      | ADDRESS
          RCPT | 556 5.1.10 null MX                                       | ADDRESS
          RCPT | 550 5.4.4 unable to route                                | ADDRESS
          RCPT | 550 No such user here                                    | ADDRESS
          RCPT | 553 mailbox name invalid                                 | ADDRESS
          RCPT | 551 user does not exist                                  | ADDRESS
          RCPT | 521 host takes no mail                                   | ADDRESS
          RCPT | 556 domain takes no mail                                 | ADDRESS
          RCPT | 550 requested action not taken                           | RECIPIENT_UNAVAILABLE
          RCPT | 550 5.2.1 mailbox disabled                               | RECIPIENT_UNAVAILABLE
          RCPT | 552 5.2.2 over quota                                     | RECIPIENT_UNAVAILABLE
          RCPT | 552 mailbox full                                         | RECIPIENT_UNAVAILABLE
          RCPT | 550 5.4.6 loop                                           | RECIPIENT_UNAVAILABLE
          RCPT | 550 5.0.0 no                                             | RECIPIENT_UNAVAILABLE
          RCPT | 550 5.7.1 relaying denied                                | POLICY
          RCPT | 550 blocked, unknown user or not                         | POLICY
          MAIL | 550 5.7.1 not today                                      | POLICY
          DATA | 554 transaction failed                                   | POLICY
          CONTENT | 554 transaction failed                                   | POLICY
          CONTENT | 550 5.7.26 unauthenticated                               | POLICY
          CONTENT | 550 5.7.515 access denied                                | POLICY
          CONTENT | 550 this looks like spam                                 | POLICY
          MAIL | 552 5.3.4 message too big                                | CONTENT
          CONTENT | 552 message exceeds fixed limit                          | CONTENT
          CONTENT | 552 5.2.3 longer than that mailbox takes                 | CONTENT
          CONTENT | 550 5.6.1 media not supported                            | CONTENT
          RCPT | 553 5.6.7 SMTPUTF8 needed                                | CAPABILITY
          CONTENT | 550 5.6.9 cannot be downgraded                           | CAPABILITY
          RCPT | 500 what                                                 | REQUEST
          RCPT | 501 syntax error in parameters                           | REQUEST
          MAIL | 504 not implemented                                      | REQUEST
          RCPT | 555 unknown parameter                                    | REQUEST
          CONTENT | 503 5.5.1 bad sequence                                   | REQUEST
          """)
  void givesUp(Phase phase, String reply, Reason reason) {
    assertThat(refusal(phase, reply))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void neverHoldsARefusedSenderAgainstTheRecipient() {
    for (int code : new int[] {550, 551, 553, 554}) {
      assertThat(refusal(Phase.MAIL, code + " 5.1.1 unknown user"))
          .isInstanceOfSatisfying(
              Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(Reason.OPERATOR));
    }
  }

  @Test
  void readsTheCodesOfManyLines() {
    Reply reply =
        new Reply(550, List.of("5.1.1 The account", "5.1.1 that you tried", "5.1.1 is not"));

    assertThat(reply.status()).isEqualTo(new Reply.Status(1, 1));
    assertThat(reply.detail()).startsWith("550 5.1.1 The account").doesNotContain("\n");
  }

  @Test
  void takesNoVersionNumberForAnEnhancedCode() {
    assertThat(reply("554 version 5.1.1.9 of the filter").status().isUnknown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          250 2.0.0 Ok: queued as 4ZqWx1                     | 4ZqWx1
          250 OK id=1rAbCd-000Ab-1x                          | 1rAbCd-000Ab-1x
          250 2.6.0 <x@y> [InternalId=1] Queued as <AB12>    | AB12
          250 Ok 0100018f-77                                 | Ok 0100018f-77
          250 2.0.0 thank you                                | thank you
          """)
  void findsTheIdUnderWhichTheServerKeepsTheMail(String reply, String id) {
    assertThat(reply(reply).queueId()).isEqualTo(id);
  }

  private static Outcome refusal(Phase phase, String reply) {
    return Replies.refusal(reply(reply), phase);
  }

  private static Reply reply(String line) {
    return new Reply(Integer.parseInt(line.substring(0, 3)), List.of(line.substring(4)));
  }
}
