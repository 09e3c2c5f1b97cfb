import gradio as gr

demo = gr.Interface(lambda name: f"hello {name}", "text", "text")
demo.launch()
