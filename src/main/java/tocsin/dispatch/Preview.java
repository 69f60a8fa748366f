package tocsin.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tocsin.render.Sample;

/**
 * What an update would come to on one channel.
 *
 * @param byRegion how many are affected in each region that the update names; {@code *} stands for
 *     what it says of all regions
 * @param byLocale how many read which language
 * @param locale of the sample, the one of most
 * @param sample empty where it cannot be rendered
 * @param recipients a few of them, by id
 * @param forecast empty where there is nobody
 */
public record Preview(
    int size,
    Map<String, Integer> byRegion,
    Map<String, Integer> byLocale,
    String locale,
    Optional<Sample> sample,
    List<Integer> recipients,
    Optional<LastSend> forecast) {

  public Preview {
    byRegion = Map.copyOf(byRegion);
    byLocale = Map.copyOf(byLocale);
    recipients = List.copyOf(recipients);
  }
}
