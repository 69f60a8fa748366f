package tocsin.demo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;

/**
 * Everything that the page shows, in the order in which it shows it.
 *
 * @param waiting nothing has been replayed yet
 * @param running the demo has not ended
 * @param verdict null until it has
 * @param chosen the update that is looked at; null while there is none
 * @param recipients some of those who got it
 * @param message what one of them got; null where nobody did
 */
record PageView(
    boolean waiting,
    boolean running,
    @Nullable VerdictView verdict,
    List<RegionView> regions,
    List<UpdateView> updates,
    @Nullable UpdateView chosen,
    List<ChannelView> channels,
    List<RecipientView> recipients,
    @Nullable MessageView message) {

  /** What came of the comparison with the oracle. */
  record VerdictView(boolean ok, String messages, String differences, List<String> first) {}

  /** A region, and how much its subscribers heard. */
  record RegionView(String name, String subscribers, String messages, boolean spared) {}

  /** A recipient to choose. */
  record RecipientView(String name, String note, String link, boolean current) {}

  static PageView of(Chronicle chronicle, List<Arrival> arrivals, Choice wanted) {
    List<Played> played = chronicle.played();
    DemoWorld world = chronicle.world();
    Verdict verdict = chronicle.verdict();
    Choice choice =
        wanted.sequence() >= 1 && wanted.sequence() <= played.size()
            ? wanted
            : new Choice(played.size(), wanted.channel(), wanted.number());
    List<Arrival> told = Showcase.told(arrivals, choice);
    Arrival shown = Showcase.shown(told, choice, chronicle);
    List<UpdateView> updates = UpdateView.all(played, choice);
    return new PageView(
        played.isEmpty(),
        verdict == null,
        verdict == null ? null : verdict(verdict, arrivals.size()),
        world == null ? List.of() : regions(world, chronicle, arrivals),
        updates,
        played.isEmpty() ? null : updates.get(choice.sequence() - 1),
        played.isEmpty() ? List.of() : ChannelView.all(played.get(choice.sequence() - 1), choice),
        recipients(told, shown, choice, chronicle),
        shown == null ? null : MessageView.of(shown, arrivals, chronicle));
  }

  private static VerdictView verdict(Verdict verdict, int messages) {
    int differences = verdict.differences().size();
    return new VerdictView(
        verdict.isOk(),
        "%,d".formatted(messages),
        "%,d %s".formatted(differences, differences == 1 ? "difference" : "differences"),
        verdict.differences().stream().limit(10).map(Difference::toString).toList());
  }

  private static List<RegionView> regions(
      DemoWorld world, Chronicle chronicle, List<Arrival> arrivals) {
    Map<String, Long> messages =
        count(
            arrivals.stream()
                .map(arrival -> chronicle.at(arrival.address()))
                .filter(Objects::nonNull));
    Map<String, Long> people = count(world.everybody().stream());
    return HomeRegion.ALL.stream()
        .map(region ->
            new RegionView(
                region.title(),
                "%,d".formatted(people.getOrDefault(region.id(), 0L)),
                "%,d".formatted(messages.getOrDefault(region.id(), 0L)),
                !messages.containsKey(region.id())))
        .toList();
  }

  private static Map<String, Long> count(Stream<DemoSubscriber> subscribers) {
    return subscribers.collect(
        Collectors.groupingBy(DemoSubscriber::region, Collectors.counting()));
  }

  private static List<RecipientView> recipients(
      List<Arrival> told, @Nullable Arrival shown, Choice choice, Chronicle chronicle) {
    return Showcase.sample(told, shown, chronicle).stream()
        .map(arrival ->
            new RecipientView(
                Showcase.name(arrival, chronicle),
                Showcase.note(arrival, chronicle),
                choice.arrival(arrival.number()).link(),
                arrival.equals(shown)))
        .toList();
  }

  static String word(Channel channel) {
    return switch (channel) {
      case EMAIL -> "E-mail";
      case SMS -> "SMS";
      case WEBHOOK -> "Webhooks";
    };
  }
}
