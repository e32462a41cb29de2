"""JupyterLab as `make lab` starts it: a chapter is a notebook, with the outputs of its last execution."""

c = get_config()  # noqa: F821  Jupyter hands it in

c.JupytextConfiguration.formats = "book///md:myst,_build/lab///ipynb"
# the outputs may be newer than the chapter: a build executes it without touching it
c.JupytextConfiguration.outdated_text_notebook_margin = float("inf")
