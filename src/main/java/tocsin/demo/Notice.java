package tocsin.demo;

/**
 * One update to one subscriber.
 *
 * @param subscriber the name
 */
record Notice(String subscriber, int sequence) {}
