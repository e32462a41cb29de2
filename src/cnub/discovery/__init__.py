"""What a discovery takes: events and exposure, saturation by the medium, atomic lines, scanning of the mass."""
