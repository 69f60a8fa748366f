package tocsin.demo;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tocsin.audience.Channel;

/**
 * Everything that arrived, in order, from any thread. The contents are kept while there is room for
 * them; that something arrived, and what it told, is kept always.
 */
public final class Arrivals {
  private static final long ROOM = 64L << 20;

  private final InstantSource clock;
  private final Recognition recognition;
  private final List<Arrival> list = new ArrayList<>();
  private long room;

  public Arrivals(InstantSource clock, Recognition recognition) {
    this(clock, recognition, ROOM);
  }

  /**
   * @param room how many characters of contents to keep
   */
  Arrivals(InstantSource clock, Recognition recognition, long room) {
    this.clock = clock;
    this.recognition = recognition;
    this.room = room;
  }

  void record(Channel channel, String address, String id, boolean verified, Content content) {
    Telling telling = recognition.of(content.words());
    synchronized (this) {
      boolean fits = content.size() <= room;
      room -= fits ? content.size() : 0;
      list.add(
          new Arrival(
              list.size(),
              channel,
              address,
              id,
              verified,
              clock.instant(),
              telling,
              fits ? content : null));
    }
  }

  public synchronized int count() {
    return list.size();
  }

  public synchronized List<Arrival> all() {
    return List.copyOf(list);
  }

  public List<Arrival> on(Channel channel) {
    return all().stream().filter(arrival -> arrival.channel() == channel).toList();
  }
}
