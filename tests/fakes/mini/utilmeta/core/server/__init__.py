from .service import UtilMeta
