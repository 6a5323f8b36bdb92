"""The errors that users see."""

import pickle

from corrigenda.errors import BadInputError, PairingError


def test_an_error_comes_out_of_another_process_as_it_went_in():
    """Pages are read in processes of their own, and what goes wrong there is told here."""
    error = PairingError(where="a.tif, page 3", what="cut off", remedy="Scan it again")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is PairingError
    assert isinstance(again, BadInputError)
    assert (str(again), again.where, again.remedy) == (str(error), "a.tif, page 3", "Scan it again")
