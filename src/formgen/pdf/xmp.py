"""A file's metadata: what it is called, in which language, which standards it keeps; no more.

One XMP packet says PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1). WeasyPrint writes one
standard at a time, and a second packet is not read, so the packet is written here. PDF/A wants
every schema that it does not know to be described in the packet itself (6.6.2.3).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
</rdf:Description>{accessible}
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{identifier}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>{keywords}
</rdf:Description>{schemas}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_ACCESSIBLE = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>"""
_SCHEMAS = """
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def xmp_packet(
    *, title: str, language: str, producer: str, identifier: str = "", tagged: bool = True
) -> bytes:
    """Return the packet that says what a file is called and which standards it keeps.

    A file without tags is only to be printed: it keeps PDF/A-2b, and PDF/UA not.
    """
    return _PACKET.format(
        level="A" if tagged else "B",
        accessible=_ACCESSIBLE if tagged else "",
        schemas=_SCHEMAS if tagged else "",
        title=escape(title),
        language=escape(language),
        producer=escape(producer),
        identifier=f"\n<dc:identifier>{escape(identifier)}</dc:identifier>" if identifier else "",
        keywords=f"\n<pdf:Keywords>{escape(identifier)}</pdf:Keywords>" if identifier else "",
    ).encode()
