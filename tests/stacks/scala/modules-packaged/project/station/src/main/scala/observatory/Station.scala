package observatory

import scopt.OParser

final case class Settings(seconds: Int = 2)

object Station {
  private val builder = OParser.builder[Settings]

  private val parser = {
    import builder._
    OParser.sequence(programName("station"), opt[Int]("every").action((seconds, settings) => settings.copy(seconds)))
  }

  def main(arguments: Array[String]): Unit =
    OParser.parse(parser, arguments, Settings()).foreach { settings =>
      while (true) {
        println(Sight("Vega", 61.4))
        Thread.sleep(settings.seconds * 1000L)
      }
    }
}
