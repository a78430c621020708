"""The wizard: the only floor that knows Qt. `application.run` builds everything and hands it on."""
