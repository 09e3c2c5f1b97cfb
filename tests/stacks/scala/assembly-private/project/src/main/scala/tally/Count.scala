package tally

object Count:
  def main(arguments: Array[String]): Unit =
    while true do
      println("counted")
      Thread.sleep(1000)
