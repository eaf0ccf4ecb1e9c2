"""Pictures made fit for every screen: upright, without what the camera wrote, light."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from fabrique.domain.pictures import HEAVIEST
from fabrique.jobs.refusals import MOST_POINTS, Unfit

WIDEST = 1600  # points: a stage
SMALL = 800  # points: a phone
LIGHT = 40_000  # bytes: no need for a smaller one
QUALITIES = (80, 65, 50)
FORMATS = ["PNG", "JPEG", "WEBP"]


def refit(source: Path) -> Image.Image:
    """Read a foreign picture; raise `Unfit`."""
    Image.MAX_IMAGE_PIXELS = None  # judged here, with a sentence
    try:
        with Image.open(source, formats=FORMATS) as found:
            _check_size(found)
            found.draft("RGB", (2 * WIDEST, 2 * WIDEST))  # a JPEG unpacks no further than needed
            return _plain(ImageOps.exif_transpose(found))
    except Unfit:
        raise
    except MemoryError:
        raise Unfit("picture_heavy") from None
    except Exception:  # noqa: BLE001 - foreign bytes break a decoder in any way
        raise Unfit("picture_broken") from None


def _check_size(found: Image.Image) -> None:
    if found.width * found.height > MOST_POINTS:
        raise Unfit("picture_points", width=found.width, height=found.height)


def written(image: Image.Image, widest: int = WIDEST) -> bytes:
    """Write a picture as a WebP that every phone of a room can be sent: colours and shape only."""
    while True:
        fitting = _within(image, widest)
        for quality in QUALITIES:
            content = _webp(fitting, quality)
            if len(content) <= HEAVIEST:
                return content
        widest = widest * 3 // 4


def variants(image: Image.Image) -> tuple[bytes, bytes | None]:
    """Give a picture for the stage, and one for phones where that is worth a file."""
    whole = written(image)
    if len(whole) <= LIGHT:
        return whole, None
    return whole, written(image, SMALL)


def _plain(image: Image.Image) -> Image.Image:
    """Give the points alone, in the colours of the web."""
    alpha = image.has_transparency_data
    mode = "RGBA" if alpha else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        image = _in_srgb(image, profile)
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return changed or image


def _within(image: Image.Image, widest: int) -> Image.Image:
    """Make a picture no wider, and no higher, than `widest`."""
    if max(image.size) <= widest:
        return image
    scale = widest / max(image.size)
    size = [max(1, round(side * scale)) for side in image.size]
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def _webp(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
