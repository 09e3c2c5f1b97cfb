package observatory

final case class Sight(star: String, altitude: Double)
