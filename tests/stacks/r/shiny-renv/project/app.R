library(shiny)
library(ggplot2)

page <- fluidPage(
  tags$link(rel = "stylesheet", href = "dunes.css"),
  sliderInput("years", "Years", 1, 30, 10),
  plotOutput("drift")
)

server <- function(input, output) {
  output$drift <- renderPlot(qplot(seq_len(input$years), cumsum(runif(input$years))))
}

shinyApp(page, server)
