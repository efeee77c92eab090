"""Who holds office: appointment, invitations, absences and stand-ins, duty rotas, the morning digest."""
