package dev.gaon.gov.pack;

import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/** XML as data: no document type, so no entities of its own; nothing is fetched. */
public final class PlainXml {

    private static final List<String> ENTITY_BOUNDS = List.of(
            "jdk.xml.entityExpansionLimit",
            "jdk.xml.entityReplacementLimit",
            "jdk.xml.totalEntitySizeLimit",
            "jdk.xml.maxGeneralEntitySizeLimit");

    private PlainXml() {}

    /** A new factory, which the caller may set further. What it reads tells a document type as an event of its own. */
    public static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // newer JDKs count even &lt; against bounds meant for entities of a document type, of which there are none here
        for (String each : ENTITY_BOUNDS) {
            if (factory.isPropertySupported(each)) {
                factory.setProperty(each, 0);
            }
        }
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }
}
