package tocsin.dispatch;

import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.OpenAudience;
import tocsin.delivery.OpenAudience.OpenChunk;
import tocsin.limit.LimitKey;

/**
 * Counts what recipients ask of the limits of their channel. Pure.
 *
 * @param limited who falls under the limit of a domain or host, by its key
 */
record Needs(Channel channel, Map<String, RoaringBitmap> limited, SenderPool senders) {

  /**
   * @param segments of an SMS, on average
   */
  Workload of(RoaringBitmap members, double segments) {
    Map<String, Double> places = new HashMap<>();
    limited.forEach(
        (key, ids) -> places.put(key, (double) RoaringBitmap.andCardinality(members, ids)));
    return workload(members.getCardinality(), places, segments);
  }

  /** Of the members that are neither settled nor retries. */
  Workload rest(OpenAudience open, FrozenAudience frozen, double segments) {
    Map<String, Double> places = new HashMap<>();
    limited.forEach((key, ids) -> places.put(key, rest(open, frozen, ids)));
    return workload(open.chunks().stream().mapToInt(OpenChunk::left).sum(), places, segments);
  }

  Workload waiting(OpenAudience open, double segments) {
    Map<String, Double> places = new HashMap<>();
    int messages = open.deferred();
    for (Map.Entry<String, Integer> line : open.waiting().entrySet()) {
      messages += line.getValue();
      if (limited.containsKey(line.getKey())) {
        places.put(line.getKey(), line.getValue().doubleValue());
      }
    }
    return workload(messages, places, segments);
  }

  private static double rest(OpenAudience open, FrozenAudience frozen, RoaringBitmap ids) {
    RoaringBitmap members = frozen.members();
    RoaringBitmap those = RoaringBitmap.and(members, ids);
    those.andNot(open.gone());
    if (those.isEmpty()) {
      return 0;
    }
    double sum = 0;
    for (OpenChunk chunk : open.chunks()) {
      int first = chunk.number() * frozen.chunkSize();
      int size = Math.min(frozen.chunkSize(), members.getCardinality() - first);
      sum += those.rangeCardinality(members.select(first), members.select(first + size - 1) + 1L);
    }
    return sum;
  }

  private Workload workload(double messages, Map<String, Double> places, double segments) {
    Map<String, Double> permits = new HashMap<>(places);
    permits.put(channel.word(), messages);
    if (channel == Channel.SMS) {
      double each = messages * segments / senders.all().size();
      senders.all().forEach(sender -> permits.put(LimitKey.smsSender(sender), each));
    }
    permits.values().removeIf(n -> n == 0);
    return new Workload(messages, permits);
  }
}
