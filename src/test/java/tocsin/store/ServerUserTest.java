package tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.store.ServerUser.Starter;

class ServerUserTest {
  @ParameterizedTest
  @CsvSource({
    "0, true, true, NAMESPACE",
    "0, true, false, NOBODY",
    "1000, true, true, SELF",
    "1000, true, false, SELF",
    "12345, false, true, NAMESPACE"
  })
  void theServerIsNeverRootAndChangesUsersOnlyIfItMust(
      int id, boolean named, boolean namespaces, ServerUser expected) {
    assertThat(ServerUser.choose(new Starter(id, named, namespaces))).contains(expected);
  }

  @Test
  void aUserWithoutANameNeedsNamespaces() {
    assertThat(ServerUser.choose(new Starter(12_345, false, false))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SELF, 1000, 1000, true",
    "SELF, 0, 1000, false",
    "SELF, 1001, 1000, false",
    "NAMESPACE, 0, 0, true",
    "NAMESPACE, 1000, 0, false",
    "NOBODY, 0, 65534, true",
    "NOBODY, 65534, 65534, false"
  })
  void dataIsOnlyUsedAsItWasMade(ServerUser made, int starter, int owner, boolean possible) {
    assertThat(made.possible(new Starter(starter, true, true), owner)).isEqualTo(possible);
  }

  @Test
  void aNamespaceThatIsGoneIsNotReplacedByAnotherUser() {
    assertThat(ServerUser.NAMESPACE.possible(new Starter(0, true, false), 0)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theRememberedWordIsUnderstood(ServerUser user) {
    assertThat(ServerUser.ofWord(user.word())).contains(user);
    assertThat(user.command(List.of("postgres")).getLast()).isEqualTo("postgres");
  }
}
