package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recipient pays only for a clear word; what is held against us is never the recipient's. */
class DiagnosisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 5.1.1 user unknown                                          | HARD
          550 5.1.2 bad destination host                                  | HARD
          501 5.1.3 bad syntax                                            | HARD
          551 5.1.6 has moved, no forwarding                              | HARD
          556 5.1.10 null MX                                              | HARD
          550 5.4.4 unable to route                                       | HARD
          550 User unknown                                                | HARD
          551 No such mailbox                                             | HARD
          553 sorry, this recipient does not exist                        | HARD
          550 5.0.0 User unknown                                          | HARD
          550 5.1.0 unknown recipient                                     | HARD
          550 Requested action not taken: mailbox unavailable             | HARD
          Unrouteable address                                             | HARD
          Sorry, no mailbox here by that name. (#5.1.1)                   | HARD
          Sorry, I couldn't find any host named example.test. (#5.1.2)    | HARD
          This user doesn't have an example.com account                   | HARD
          User jo (jo@example.com) not listed in the directory            | HARD
          5.4.310 DNS domain example.com does not exist                   | HARD
          550 5.2.1 mailbox disabled                                      | DISABLED
          550 5.2.1 user is receiving mail too quickly                    | DISABLED
          552 5.2.2 over quota                                            | SOFT
          552 mailbox full                                                | SOFT
          452 4.2.2 mailbox full                                          | SOFT
          550 Mailbox quota exceeded                                      | SOFT
          552 5.2.3 longer than it takes                                  | CONTENT
          552 5.3.4 too big for the system                                | CONTENT
          552 message exceeds fixed maximum size                          | CONTENT
          550 5.6.1 media not supported                                   | CONTENT
          550 5.7.1 not today                                             | POLICY
          550 5.7.26 unauthenticated                                      | POLICY
          550 5.7.515 access denied                                       | POLICY
          550 5.1.8 bad sender                                            | POLICY
          550 rejected as spam                                            | POLICY
          554 blocked, see our policy                                     | POLICY
          550 your reputation is too low                                  | POLICY
          550 5.1.1 blocked by reputation of 192.0.2.1                    | POLICY
          421 5.7.32 From is not aligned                                  | POLICY
          421 4.7.27 SPF does not pass                                    | POLICY
          451 4.7.1 deferred, blocked for now                             | POLICY
          553 5.6.7 SMTPUTF8 needed                                       | CAPABILITY
          550 5.6.9 cannot be downgraded                                  | CAPABILITY
          421 4.3.2 shutting down                                         | SOFT
          450 mailbox busy                                                | SOFT
          451 4.7.1 greylisted                                            | SOFT
          421 4.7.28 rate of mail                                         | SOFT
          550 4.4.7 message expired                                       | SOFT
          550 5.4.7 delivery time expired                                 | SOFT
          retry time exceeded                                             | SOFT
          554 5.4.6 mail loops back                                       | ROUTING
          550 5.4.1 no answer                                             | ROUTING
          554 too many hops                                               | ROUTING
          554 5.0.0 no                                                    | UNKNOWN
          550 no                                                          | UNKNOWN
          it did not work                                                 | UNKNOWN
          """)
  void aRefusalHasAClass(String words, BounceClass bounce) {
    assertThat(Diagnosis.in(words).bounceClass()).isEqualTo(bounce);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host mx.example.com[192.0.2.25] said: 550-5.1.1 no 550 5.1.1 such | 5.1.1 | 550
          status 5.0.0; server said 552 5.2.2 full                          | 5.2.2 | 552
          first 450 4.2.0 later, then 550 5.1.1 gone                        | 5.1.1 | 550
          Exim 4.94.2 at 4.5.1.2 and 5.1.2.3                                |       | 0
          call 5501234 or +49 550 12                                        |       | 550
          """)
  void codesAreFoundInWords(String words, String status, int reply) {
    assertThat(Diagnosis.in(words).status().toString()).isEqualTo(status == null ? "" : status);
    assertThat(Diagnosis.in(words).reply()).isEqualTo(reply);
  }

  @Test
  void aLongTextIsSearchedInItsBeginning() {
    String padded = "x ".repeat(100_000) + "550 5.1.1 user unknown";

    assertThat(Diagnosis.in(padded).text()).hasSize(4_000);
  }
}
