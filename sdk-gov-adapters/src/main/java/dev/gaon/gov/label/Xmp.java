package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The XMP packet of a file: what others wrote in it stays, except an older statement of the same properties. Written as a
 * description of its own, so that no property of others is touched.
 */
final class Xmp {

    /** More than any camera or editor writes into the main packet. */
    static final int MAX_BYTES = 4 << 20;

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";
    private static final String OWN = "urn:gaon:label:1#";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    private static final String EMPTY =
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" + RDF + "\"/></x:xmpmeta>";

    private Xmp() {}

    /** The packet with the statement in it. {@code existing} is null where the file has none. */
    static byte[] merge(byte @Nullable [] existing, Statement statement, boolean aigc, String format)
            throws IOException {
        Document packet = parse(existing == null ? EMPTY.getBytes(StandardCharsets.UTF_8) : existing, format);
        Element rdf = rdf(packet);
        if (rdf == null) {
            throw LabelException.damaged(format, "XMP");
        }
        String about = "";
        for (Element description : descriptions(rdf)) {
            about = description.getAttributeNS(RDF, "about");
            drop(description, IPTC, "DigitalSourceType");
            drop(description, OWN, "Statement");
            if (aigc) {
                drop(description, TC260, "AIGC");
            }
        }
        Element own = packet.createElementNS(RDF, "rdf:Description");
        own.setAttributeNS(RDF, "rdf:about", about);
        rdf.appendChild(own);
        put(own, IPTC, "Iptc4xmpExt", "DigitalSourceType", statement.sourceType());
        put(own, OWN, "gaon", "Statement", statement.json());
        if (aigc) {
            put(own, TC260, "TC260", "AIGC", statement.aigc());
        }
        String text = "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                + Xml.write(packet.getDocumentElement())
                + "\n<?xpacket end=\"w\"?>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A packet that cannot be read holds no mark: that is a finding, not a failure. */
    static void read(byte[] packet, String place, Found found) throws IOException {
        Element rdf;
        try {
            rdf = rdf(parse(packet, "XMP"));
        } catch (LabelException e) {
            found.remark("XMP 메타데이터를 읽을 수 없습니다.", "The XMP metadata cannot be read.");
            return;
        }
        if (rdf == null) {
            return;
        }
        for (Element description : descriptions(rdf)) {
            String type = value(description, IPTC, "DigitalSourceType");
            String aigc = value(description, TC260, "AIGC");
            String own = value(description, OWN, "Statement");
            if (type != null) {
                found.sourceType(place, type);
            }
            if (aigc != null) {
                found.aigc(place, aigc);
            }
            if (own != null) {
                found.statement(place, own);
            }
        }
    }

    private static Document parse(byte[] packet, String format) throws IOException {
        if (packet.length > MAX_BYTES) {
            throw LabelException.damaged(format, "XMP");
        }
        String text = new String(packet, StandardCharsets.UTF_8).strip();
        return Xml.parse(text.getBytes(StandardCharsets.UTF_8), format);
    }

    private static @Nullable Element rdf(Document packet) {
        List<Element> found = Xml.elements(packet.getElementsByTagNameNS(RDF, "RDF"));
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Element> descriptions(Element rdf) {
        return Xml.elements(rdf.getChildNodes()).stream()
                .filter(each -> RDF.equals(each.getNamespaceURI()) && "Description".equals(each.getLocalName()))
                .toList();
    }

    private static @Nullable String value(Element description, String namespace, String name) {
        if (description.hasAttributeNS(namespace, name)) {
            return description.getAttributeNS(namespace, name);
        }
        for (Element child : children(description, namespace, name)) {
            String resource = child.getAttributeNS(RDF, "resource");
            return resource.isEmpty() ? child.getTextContent() : resource;
        }
        return null;
    }

    private static void drop(Element description, String namespace, String name) {
        Attr attribute = description.getAttributeNodeNS(namespace, name);
        if (attribute != null) {
            description.removeAttributeNode(attribute);
        }
        children(description, namespace, name).forEach(description::removeChild);
    }

    private static List<Element> children(Element description, String namespace, String name) {
        return Xml.elements(description.getChildNodes()).stream()
                .filter(each -> namespace.equals(each.getNamespaceURI()) && name.equals(each.getLocalName()))
                .toList();
    }

    private static void put(Element description, String namespace, String prefix, String name, String value) {
        Element property = description.getOwnerDocument().createElementNS(namespace, prefix + ":" + name);
        property.setAttributeNS(XMLNS, "xmlns:" + prefix, namespace);
        property.setTextContent(value);
        description.appendChild(property);
    }
}
