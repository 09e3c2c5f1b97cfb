package controllers

import javax.inject.Inject
import play.api.mvc.{AbstractController, ControllerComponents}

class Pages @Inject() (components: ControllerComponents) extends AbstractController(components) {
  def index = Action(Ok(views.html.index("Ships of the day")))
  def health = Action(Ok("printing"))
}
