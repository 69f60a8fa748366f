package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  /** Whole tables with first and last address, where the code under test compares prefixes. */
  private static final List<String> SPECIAL_V4 =
      List.of(
          "0.0.0.0 0.255.255.255",
          "10.0.0.0 10.255.255.255",
          "100.64.0.0 100.127.255.255",
          "127.0.0.0 127.255.255.255",
          "168.63.129.16 168.63.129.16",
          "169.254.0.0 169.254.255.255",
          "172.16.0.0 172.31.255.255",
          "192.0.0.0 192.0.0.255",
          "192.0.2.0 192.0.2.255",
          "192.88.99.0 192.88.99.255",
          "192.168.0.0 192.168.255.255",
          "198.18.0.0 198.19.255.255",
          "198.51.100.0 198.51.100.255",
          "203.0.113.0 203.0.113.255",
          "224.0.0.0 255.255.255.255");

  private static final List<String> SPECIAL_V6 =
      List.of(
          ":: 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
          "2001:: 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
          "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
          "2002:: 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
          "3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
          "4000:: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:a9fe:a9fe::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void specialAddressesAreNotPublic(String address) throws Exception {
    assertThat(PublicAddress.test(InetAddress.ofLiteral(address).getAddress())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:200::1",
        "2a00::1"
      })
  void theOthersArePublic(String address) throws Exception {
    assertThat(PublicAddress.test(InetAddress.ofLiteral(address).getAddress())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7f000001", "0a000001", "a9fea9fe", "a83f8110"})
  void aMappedAddressIsNoDisguise(String v4) {
    assertThat(PublicAddress.test(mapped(HexFormat.of().parseHex(v4)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {20260115, 20260116})
  void theRangesAgreeWithTablesOfFirstAndLast(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      byte[] v4 = near(random, SPECIAL_V4, 4);
      byte[] v6 = near(random, SPECIAL_V6, 16);

      assertThat(PublicAddress.test(v4))
          .as("seed %d, address %s", seed, HexFormat.of().formatHex(v4))
          .isEqualTo(outside(SPECIAL_V4, v4));
      assertThat(PublicAddress.test(mapped(v4)))
          .as("seed %d, mapped %s", seed, HexFormat.of().formatHex(v4))
          .isEqualTo(outside(SPECIAL_V4, v4));
      assertThat(PublicAddress.test(v6))
          .as("seed %d, address %s", seed, HexFormat.of().formatHex(v6))
          .isEqualTo(outside(SPECIAL_V6, v6));
    }
  }

  /** Every other one anywhere, the rest within two of the border of a range. */
  private static byte[] near(RandomGenerator random, List<String> ranges, int length) {
    byte[] anywhere = new byte[length];
    random.nextBytes(anywhere);
    if (random.nextBoolean()) {
      return anywhere;
    }
    String[] borders = ranges.get(random.nextInt(ranges.size())).split(" ", 2);
    BigInteger border = number(InetAddress.ofLiteral(borders[random.nextInt(2)]).getAddress());
    BigInteger moved = border.add(BigInteger.valueOf(random.nextInt(-2, 3)));
    BigInteger size = BigInteger.ONE.shiftLeft(length * Byte.SIZE);
    byte[] magnitude = moved.mod(size).toByteArray();
    byte[] address = new byte[length];
    for (int i = 0; i < Math.min(length, magnitude.length); i++) {
      address[length - 1 - i] = magnitude[magnitude.length - 1 - i];
    }
    return isMapped(address) ? anywhere : address;
  }

  private static boolean outside(List<String> ranges, byte[] address) {
    BigInteger number = number(address);
    return ranges.stream()
        .map(range -> range.split(" ", 2))
        .noneMatch(range ->
            number(InetAddress.ofLiteral(range[0]).getAddress()).compareTo(number) <= 0
                && number.compareTo(number(InetAddress.ofLiteral(range[1]).getAddress())) <= 0);
  }

  private static BigInteger number(byte[] address) {
    return new BigInteger(1, address);
  }

  private static boolean isMapped(byte[] address) {
    return address.length == 16
        && Arrays.equals(Arrays.copyOf(address, 12), Arrays.copyOf(mapped(new byte[4]), 12));
  }

  private static byte[] mapped(byte[] v4) {
    byte[] address = new byte[16];
    address[10] = -1;
    address[11] = -1;
    System.arraycopy(v4, 0, address, 12, 4);
    return address;
  }
}
