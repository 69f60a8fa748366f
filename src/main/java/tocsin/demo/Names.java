package tocsin.demo;

import java.util.List;

/** Names of organisations and people that do not exist. */
final class Names {
  static final List<String> FIRST_HALVES =
      List.of(
          "Amber", "Birch", "Cedar", "Cobalt", "Copper", "Coral", "Ember", "Falcon", "Granite",
          "Harbour", "Heron", "Ivory", "Jasper", "Juniper", "Kestrel", "Lantern", "Larch", "Maple",
          "Marble", "Meadow", "Mosaic", "Nimbus", "Onyx", "Orchard", "Pebble", "River", "Saffron",
          "Silver", "Summit", "Willow");
  static final List<String> SECOND_HALVES =
      List.of(
          "Clinics",
          "Energy",
          "Foods",
          "Freight",
          "Games",
          "Homes",
          "Insurance",
          "Logistics",
          "Media",
          "Motors",
          "Optics",
          "Paper",
          "Pharma",
          "Robotics",
          "Savings",
          "Schools",
          "Studios",
          "Textiles",
          "Tools",
          "Travel");
  static final List<String> GIVEN =
      List.of(
          "Aiko", "Amara", "Ana", "Arjun", "Ben", "Carla", "Chen", "Clara", "Daniel", "Dina",
          "Elif", "Emma", "Farid", "Felix", "Grace", "Hana", "Ines", "Ivan", "Jonas", "Julia",
          "Kofi", "Lena", "Liam", "Maria", "Mei", "Nadia", "Noah", "Olga", "Omar", "Paul", "Priya",
          "Rosa", "Sami", "Sofia", "Tariq", "Theo", "Uma", "Vera", "Yusuf", "Zoe");
  static final List<String> FAMILY =
      List.of(
          "Abara",
          "Almeida",
          "Bauer",
          "Becker",
          "Brandt",
          "Castillo",
          "Cohen",
          "Dubois",
          "Egger",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Haddad",
          "Hoang",
          "Ito",
          "Jansen",
          "Keller",
          "Kim",
          "Kumar",
          "Lehmann",
          "Lindgren",
          "Lopez",
          "Mbeki",
          "Moreau",
          "Nakamura",
          "Novak",
          "Okafor",
          "Olsen",
          "Patel",
          "Petrov",
          "Quinn",
          "Rossi",
          "Sato",
          "Schmid",
          "Silva",
          "Tanaka",
          "Vogel",
          "Walsh",
          "Weber",
          "Zhang");

  private Names() {}
}
