"""Real tower proposals with truth, as scenes for training and evaluation (filled in below)."""


class RealScenes:
    def __init__(self, files, simulator):
        raise NotImplementedError
