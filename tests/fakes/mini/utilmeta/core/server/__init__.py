from .service import UtilMeta as UtilMeta
