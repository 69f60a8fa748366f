package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.demo.TinyWorld.ELSEWHERE;
import static tocsin.demo.TinyWorld.EUROPE;
import static tocsin.demo.TinyWorld.NORTH;
import static tocsin.demo.TinyWorld.atLeast;
import static tocsin.demo.TinyWorld.components;
import static tocsin.demo.TinyWorld.person;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

class OracleTest {
  @Test
  void componentRegionSegmentAndImpactMustAllAgree() {
    Subscription emea = new Subscription(null, Set.of("emea"), null, Impact.NONE);
    Subscription cluster = new Subscription(null, null, Set.of("na-2"), Impact.NONE);
    DemoWorld world =
        TinyWorld.of(
            List.of(
                person("everything", NORTH, Subscription.ALL),
                person("web", NORTH, components("web")),
                person("mobile", NORTH, components("mobile")),
                person("either", NORTH, components("mobile"), components("web")),
                person("cluster", NORTH, cluster),
                person("narrowed-away", NORTH, emea),
                person("critical", NORTH, atLeast(Impact.CRITICAL)),
                person("other-cluster", ELSEWHERE, Subscription.ALL),
                person("other-cluster-asks", ELSEWHERE, cluster),
                person("europe", EUROPE, Subscription.ALL),
                person("europe-web", EUROPE, components("web"))),
            Map.of());

    assertThat(Oracle.expect(world, TinyWorld.recording("identified major")).required())
        .containsExactlyInAnyOrder(
            new Notice("everything", 1),
            new Notice("web", 1),
            new Notice("either", 1),
            new Notice("cluster", 1));
  }

  @Test
  void whoWasToldHearsOfTheEndWhateverTheyWantByThen() {
    DemoSubscriber changing = person("changing", NORTH, Subscription.ALL);
    DemoSubscriber leaving = person("leaving", NORTH, Subscription.ALL);
    DemoSubscriber joining = person("joining", NORTH, Subscription.ALL);
    DemoWorld world =
        TinyWorld.of(
            List.of(changing, leaving, person("hardened", NORTH, atLeast(Impact.MAJOR))),
            Map.of(
                2,
                List.of(
                    new Move.Prefer(changing, List.of(components("mobile"))),
                    new Move.Leave(leaving)),
                4,
                List.of(new Move.Join(joining))));
    Recording recording =
        TinyWorld.recording(
            "identified major", "monitoring minor", "resolved none", "postmortem none");

    Expectation expectation = Oracle.expect(world, recording);

    assertThat(expectation.required())
        .containsExactlyInAnyOrder(
            new Notice("changing", 1),
            new Notice("leaving", 1),
            new Notice("hardened", 1),
            new Notice("changing", 3),
            new Notice("hardened", 3),
            new Notice("changing", 4),
            new Notice("hardened", 4),
            new Notice("joining", 4));
    assertThat(expectation.may()).isEmpty();
  }

  @Test
  void whoLeavesMidwayMayHearButNeedNot() {
    DemoSubscriber leaving = person("leaving", NORTH, Subscription.ALL);
    DemoWorld world =
        TinyWorld.of(List.of(leaving), Map.of(1, List.of(new Move.LeaveMidway(leaving))));

    Expectation expectation =
        Oracle.expect(world, TinyWorld.recording("identified major", "resolved none"));

    assertThat(expectation.required()).isEmpty();
    assertThat(expectation.may()).containsOnlyKeys(new Notice("leaving", 1));
  }

  @Test
  void languageFollowsTheLocale() {
    DemoWorld world =
        TinyWorld.of(
            List.of(
                person("vienna", NORTH, "de-AT", Subscription.ALL),
                person("london", NORTH, "en-GB", Subscription.ALL)),
            Map.of());

    assertThat(Oracle.expect(world, TinyWorld.recording("identified major")).must())
        .containsEntry(new Notice("vienna", 1), "de")
        .containsEntry(new Notice("london", 1), "en");
  }
}
