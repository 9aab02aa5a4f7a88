"""APIs that inherit from some that plugins or CORS decorate; mounted as `inherited`."""

from plugin_traces import Tracing, asked, told
from scenario import in_mode
from utilmeta.core import api
from utilmeta.utils.exceptions import NotFound


@Tracing("first")
class FirstAPI(api.API):
    @api.get
    @in_mode
    def end(self):
        told(self, "end")
        if asked(self, "fails"):
            raise NotFound("because")
        return "end"


@Tracing("second")
class SecondAPI(api.API):
    @api.get
    @in_mode
    def other(self):
        return "other"


class HeirAPI(FirstAPI):
    @api.get
    @in_mode
    def more(self):
        return "more"


@Tracing("own")
class OwnAPI(FirstAPI):
    pass


@Tracing("outer")
@Tracing("inner")
class FarAPI(OwnAPI):
    pass


@Tracing("left")
class LeftAPI(FirstAPI):
    pass


@Tracing("right")
class RightAPI(FirstAPI, SecondAPI):
    pass


class DiamondAPI(LeftAPI, RightAPI):
    pass


@Tracing("own")
class OwnDiamondAPI(DiamondAPI):
    pass


@api.CORS(allow_origin="https://one.example")
class SharedAPI(api.API):
    @api.get
    @in_mode
    def end(self):
        return "end"


class SharedHeirAPI(SharedAPI):
    pass


class SharedFarAPI(SecondAPI, SharedHeirAPI):
    pass


@api.CORS(allow_origin="https://two.example:8443")
class SharedOwnAPI(SharedHeirAPI):
    pass


class InheritedAPI(api.API):
    first: FirstAPI
    second: SecondAPI
    heir: HeirAPI
    own: OwnAPI
    far: FarAPI
    diamond: DiamondAPI
    own_diamond: OwnDiamondAPI
    shared: SharedAPI
    shared_heir: SharedHeirAPI
    shared_far: SharedFarAPI
    shared_own: SharedOwnAPI
