"""Articles for the tests of stories, in the words of invented outlets."""

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.articles_to_stories.features import ArticleFeatures, Source, features
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import load


def article(name: str, day: str | None, text: str, lang: str = "id") -> ArticleFeatures:
    """Features of ``text``, its first line the headline."""
    pack = load(lang)
    blocks = split_blocks(text, pack)
    found = find_attributions(text, blocks, pack, day)
    return features(Source(name, text, blocks, text.split("\n")[0], day, found), pack)


DAM = """Bendungan Way Lirung Jebol, Ratusan Rumah di Sumberjati Terendam

Bendungan Way Lirung di Kabupaten Sumberjati jebol pada dini hari dan merendam 340 rumah warga.
Bupati Sumberjati Halimah Tanjungsari mengatakan seluruh warga sudah dipindahkan ke balai desa.

"Tidak ada korban jiwa, tetapi 340 rumah terendam," kata Halimah di Sumberjati, Selasa (4/3/2025)."""

DAM_AGAIN = """340 Rumah Terendam Setelah Bendungan Way Lirung Jebol

Sebanyak 340 rumah di Kabupaten Sumberjati terendam air setelah Bendungan Way Lirung jebol.
Menurut Bupati Halimah Tanjungsari, tidak ada warga yang meninggal dalam peristiwa itu.

"Warga kami tampung di balai desa," ujar Halimah, Selasa (4/3/2025)."""

DAM_BLAME = """Anggota Dewan Kecam Pengelola Bendungan Way Lirung yang Jebol

Anggota DPRD Sumberjati Rustam Pangaribuan mengecam pengelola Bendungan Way Lirung.
Rustam menilai pengelola lalai memeriksa tanggul.

"Ini kelalaian yang tidak bisa dimaafkan," kata Rustam di Sumberjati, Rabu (5/3/2025).

Bendungan Way Lirung jebol pada Selasa dan merendam 340 rumah warga Sumberjati."""

HARBOUR = """Pelabuhan Teluk Banda Kencana Tambah Dua Dermaga

Pelabuhan Teluk Banda Kencana menambah dua dermaga untuk kapal peti kemas tahun ini.
Direktur pelabuhan Yosef Tambunan mengatakan pekerjaan dimulai bulan depan.

"Kapasitas naik menjadi 900 ribu peti kemas," kata Yosef, Selasa (4/3/2025)."""
